using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;

namespace Platform.Wire.Ground;

/// <summary>What the site took, also what came twice.</summary>
public sealed record Taken(string Id, Guid AttemptId, Guid PublicationId, DateTimeOffset ReceivedAt);

/// <summary>The simulated site as a process of its own.</summary>
public sealed class Site : IAsyncDisposable
{
    private const int Port = 5830;
    private static readonly string Folder = Path.Combine(Repository.Root, ".test", "site");
    private static readonly string PidFile = Repository.Own("state", "site-simulator.pid");
    private readonly HttpClient _http = new() { BaseAddress = new($"http://127.0.0.1:{Port}/") };
    private readonly string _secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24));
    private Process? _process;

    /// <summary>How Publications finds it; short terms, so that the tests of lost answers wait seconds and not minutes.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Channels__Site__Url"] = _http.BaseAddress!.ToString(),
        ["Channels__Site__Secret"] = _secret,
        ["Channels__Site__TimeoutSeconds"] = "2",
        ["Channels__Site__SettleSeconds"] = "3",
        ["Release__LeaseSeconds"] = "5",
    };

    public async Task Start()
    {
        EndLeftover();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        var build = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "infra", "Dev", "bin", build, "net10.0", "Dev.dll"), "site-simulator"]);
        start.Environment["SIMULATOR_PORT"] = Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["SIMULATOR_FOLDER"] = Folder;
        start.Environment["Channels__Site__Secret"] = _secret;
        start.Environment["Platform__SecretsFolder"] = Repository.Secrets;
        var process = _process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        await File.WriteAllTextAsync(PidFile, process.Id.ToString(CultureInfo.InvariantCulture));
        await Eventually.So("the site is ready", async () => (await _http.GetAsync("health/ready")).IsSuccessStatusCode, 30);
    }

    /// <summary>From now on: none, slow, refuse, unavailable, timeout-after-accept, lose-answer.</summary>
    public async Task Behaves(string mode, int ms = 0) => (await _http.PostAsJsonAsync("faults", new { mode, ms })).EnsureSuccessStatusCode();

    public async Task<IReadOnlyList<Taken>> Items() => (await _http.GetFromJsonAsync<List<Taken>>("items"))!;

    public async Task<IReadOnlyList<Taken>> Items(Guid publication) => [.. (await Items()).Where(i => i.PublicationId == publication)];

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _http.Dispose();
    }

    /// <summary>What an interrupted run left behind: our pid file, and the process still is the simulator with our folder.</summary>
    private static void EndLeftover()
    {
        if (File.Exists(PidFile) && int.TryParse(File.ReadAllText(PidFile), out var id) && File.Exists($"/proc/{id}/environ")
            && File.ReadAllText($"/proc/{id}/environ").Contains("SIMULATOR_FOLDER=" + Folder, StringComparison.Ordinal))
        {
            using var leftover = Process.GetProcessById(id);
            leftover.Kill();
            leftover.WaitForExit();
        }
    }
}
