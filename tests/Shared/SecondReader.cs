using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Specs;

/// <summary>
/// What other implementations (Debian's python3-icalendar, -feedparser, -jsonschema) make of a feed. ./test installs them where it may; without them the test
/// fails for root, who could have them, and is skipped for everybody else.
/// </summary>
public static class SecondReader
{
    private static readonly string[] Packages = ["python3-icalendar", "python3-feedparser", "python3-jsonschema"];

    // Debian's packages belong to Debian's Python, whatever else is called python3 on this machine
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public static async Task<JsonElement> Read(string kind, byte[] feed, [CallerFilePath] string here = "")
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, feed);
            var folder = Path.GetDirectoryName(Here())!;
            var (status, said, wrong) = await Run(Path.Combine(folder, "second_reader.py"), kind, file, Path.Combine(folder, "ninjs-3.1-events.schema.json"));
            if (wrong.Contains("ModuleNotFoundError", StringComparison.Ordinal))
            {
                Assert.SkipUnless(Environment.IsPrivilegedProcess, $"not root, and not installed: {string.Join(", ", Packages)}");
                Assert.Fail($"not installed: {string.Join(", ", Packages)}; ./test installs them");
            }

            Assert.True(status == 0, $"{here}: {wrong}");
            return JsonDocument.Parse(said).RootElement;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Here([CallerFilePath] string here = "") => here;

    private static async Task<(int Status, string Said, string Wrong)> Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said, await wrong);
    }
}
