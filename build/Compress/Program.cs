using System.IO.Compression;

// compress OUTPUT INPUT. Tables and pages are readable text in the repository; at its best Brotli makes them a fifth of that in an assembly.
// Of a folder: every page of a finding, by name, with a NUL after each.
using var compressed = File.Create(args[0]);
using BrotliStream brotli = new(compressed, CompressionLevel.SmallestSize);
if (Directory.Exists(args[1]))
    foreach (var page in Directory.GetFiles(args[1], "MRL*.md").Order(StringComparer.Ordinal))
    {
        brotli.Write(File.ReadAllBytes(page));
        brotli.WriteByte(0);
    }
else
    brotli.Write(File.ReadAllBytes(args[1]));
