using System.Text;
using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

public class BlobIdTests
{
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void An_id_is_the_one_that_git_gives(string format)
    {
        using TemporaryGit git = new(format);
        foreach (var text in new[] { "", "a", "ü\r\n\0" })
        {
            git.Write("source/x", text);
            Assert.Equal(git.Git("source", "hash-object", "--no-filters", "x"), BlobId.Of(Encoding.UTF8.GetBytes(text), format == "sha256"));
        }
    }
}
