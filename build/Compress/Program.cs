using System.IO.Compression;

// compress OUTPUT INPUT. The tables are readable text in the repository; at its best Brotli makes them a fifth of that in the assembly.
using var table = File.OpenRead(args[1]);
using var compressed = File.Create(args[0]);
using BrotliStream brotli = new(compressed, CompressionLevel.SmallestSize);
table.CopyTo(brotli);
