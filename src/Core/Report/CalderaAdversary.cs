using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Actors.Import;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;

namespace Merlon.Core.Report;

/// <summary>
/// A plan's abilities and procedures as an adversary of Caldera. It names them by id and has nothing else of them: stockpile has the abilities, and the emu
/// plugin makes some of the procedures.
/// </summary>
internal static class CalderaAdversary
{
    private const int LongestName = 100;

    /// <param name="program">The name of the program.</param>
    public static string Write(EmulationPlan plan, string program)
    {
        var tests = plan.Tests.Where(IsIn).ToArray();
        StringBuilder text = new();
        text.Append("---\n\n");
        text.Append($"id: \"{IdOf(program, tests.Select(test => test.Test.Id))}\"\n");
        text.Append($"name: {StrangersText.Scalar($"Merlon plan of {program}", LongestName)}\n");
        text.Append($"description: \"{tests.Length} abilities, written by Merlon {JsonReport.Version}\"\n");
        text.Append("atomic_ordering:\n");
        foreach (var (_, test, technique, _, _) in tests)
            // An id has letters, digits, '-' and '_' alone; in quotes it is never a number.
            text.Append($"  - \"{test.Id}\" # {technique?.Id ?? test.Technique}, {StrangersText.Quoted(test.Name)}{(test.Library == LibraryKind.Ctid ? "; of a CTID plan, for the emu plugin" : "")}\n");
        return text.ToString();
    }

    public static bool IsIn(PlannedTest test) => test.Test.Library != LibraryKind.AtomicRedTeam;

    // The same plan has the same id, so that Caldera takes it for the same adversary: a UUID of version 8 (RFC 9562, section 5.8).
    private static Guid IdOf(string program, IEnumerable<string> ids)
    {
        Span<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ids.Prepend(program))));
        hash = hash[..16];
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(BinaryPrimitives.ReadInt32BigEndian(hash), BinaryPrimitives.ReadInt16BigEndian(hash[4..]), BinaryPrimitives.ReadInt16BigEndian(hash[6..]), [.. hash[8..]]);
    }
}
