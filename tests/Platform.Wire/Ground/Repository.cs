using System.Diagnostics;

namespace Platform.Wire.Ground;

/// <summary>Where things lie: the repository, the suite's own folder in it, and which build this is.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Everything the suite writes; ignored by git.</summary>
    public static string Own(params string[] path)
    {
        var full = Path.Combine([Root, ".test", .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public static string Secrets { get; } = Path.Combine(Root, ".test", "secrets");

    public static string Logs { get; } = Path.Combine(Root, ".test", "logs");

    /// <summary>A service's program, of the same build as this test: …/bin/Release/net10.0.</summary>
    public static string Program(string service) =>
        Path.Combine(Root, service == "Dev" ? "infra" : "services", service, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", service + ".dll");

    public static string Sample(string file) => Path.Combine(AppContext.BaseDirectory, "samples", file);

    public static async Task<string> Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments.Take(3))} ended with {process.ExitCode}: {await complained}{await said}");
    }

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("Platform.sln is in no folder above.")
        : File.Exists(Path.Combine(folder.FullName, "Platform.sln")) ? folder.FullName : Find(folder.Parent);
}
