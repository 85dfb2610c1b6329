using System.Diagnostics;
using System.Globalization;

namespace Platform.Wire.Ground;

/// <summary>One replica of a service as a process of its own, with its log in a file. It can be stopped, killed and started again.</summary>
public sealed class ServiceProcess(Servers servers, string service, string database, int restPort, params string[] arguments) : IAsyncDisposable
{
    private readonly string _name = $"{service}-{restPort}";
    private Process? _process;
    private StreamWriter? _log;

    public Uri Rest { get; } = new($"http://127.0.0.1:{restPort}");
    public Uri Grpc { get; } = new($"http://127.0.0.1:{restPort + 1}");
    public int Id => _process!.Id;
    public bool Runs => _process is { HasExited: false };

    /// <summary>What this replica is configured by beside what all are.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    private Dictionary<string, string> Environment => new()
    {
        ["ConnectionStrings__Store"] = servers.Database(database),
        ["ConnectionStrings__Keys"] = servers.Postgres + $";Database={database}_keys",
        ["ConnectionStrings__Broker"] = servers.Rabbit,
        ["Platform__RestPort"] = restPort.ToString(CultureInfo.InvariantCulture),
        ["Platform__GrpcPort"] = (restPort + 1).ToString(CultureInfo.InvariantCulture),
        ["Platform__SecretsFolder"] = Repository.Secrets,
        ["Platform__Daemon"] = "HotCold",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        // the site that Publications releases to, and what its simulator is told
        ["Channels__Site__Url"] = $"http://127.0.0.1:{Wire.SitePort}/",
        ["Channels__Site__Secret"] = "whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()),
        ["Channels__Site__TimeoutSeconds"] = "3",
        ["Channels__Site__SettleSeconds"] = "3",
        ["Channels__Telegram__Url"] = $"http://127.0.0.1:{Wire.ChannelsPort}/",
        ["Channels__Telegram__Preview"] = $"http://127.0.0.1:{Wire.ChannelsPort}/",
        ["Channels__Facebook__Url"] = $"http://127.0.0.1:{Wire.ChannelsPort}/facebook/",
        ["Channels__Instagram__Url"] = $"http://127.0.0.1:{Wire.ChannelsPort}/instagram/",
        ["Channels__PublicBase"] = $"http://127.0.0.1:{restPort}/",
        ["Unplanned__EverySeconds"] = "1",
        ["Unplanned__GraceSeconds"] = "1",
        ["Release__LeaseSeconds"] = "5",
        ["Reminders__EverySeconds"] = "2",
        // links in drafts lead to the simulated site
        ["Links__AllowPrivate"] = "true",
        // the public reaches every replica by one address, which feeds hold
        ["PressEvents__PublicAddress"] = "http://127.0.0.1:5811",
        ["SIMULATOR_PORT"] = restPort.ToString(CultureInfo.InvariantCulture),
        ["SIMULATOR_FOLDER"] = Path.Combine(Repository.Root, ".test", "site"),
    };

    public Task ApplySchema() => Repository.Run("dotnet", [Repository.Program(service), "db-apply"], Environment);

    public async Task Start()
    {
        await EndLeftover();
        var start = new ProcessStartInfo("dotnet", [Repository.Program(service), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(Repository.Program(service))! };
        foreach (var (name, value) in Environment.Concat(Settings))
        {
            start.Environment[name] = value;
        }

        Directory.CreateDirectory(Repository.Logs);
        var log = _log = new StreamWriter(Path.Combine(Repository.Logs, _name + ".log"), append: true) { AutoFlush = true };
        var process = _process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Write(log, line.Data);
        process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndQuietly(process);
        await File.WriteAllTextAsync(PidFile, process.Id.ToString(CultureInfo.InvariantCulture));
    }

    public async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = Rest, Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.So($"{_name} is ready (see .test/logs/{_name}.log)", async () =>
        {
            Assert.False(_process!.HasExited, $"{_name} ended: see .test/logs/{_name}.log");
            return (await http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }, seconds: 60);
    }

    /// <summary>kill -9: nothing is said good-bye to. By one caller: of two that wait for the same end one may wait for ever.</summary>
    public async Task Kill()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        _process!.Kill();
        await _process.WaitForExitAsync(limit.Token);
        await _log!.DisposeAsync();
    }

    /// <summary>SIGTERM, as an orchestrator stops it; gives the seconds it took.</summary>
    public async Task<double> Stop()
    {
        var clock = Stopwatch.StartNew();
        await Repository.Run("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        await _process!.WaitForExitAsync(limit.Token);
        await _log!.DisposeAsync();
        return clock.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }
    }

    private string PidFile => Repository.Own("state", _name + ".pid");

    /// <summary>What an interrupted run left behind: our pid file, and the process still is that program with our folder of secrets.</summary>
    private async Task EndLeftover()
    {
        if (!File.Exists(PidFile) || !int.TryParse(await File.ReadAllTextAsync(PidFile), out var id) || !File.Exists($"/proc/{id}/cmdline"))
        {
            return;
        }

        if ((await File.ReadAllTextAsync($"/proc/{id}/cmdline")).Contains(service + ".dll", StringComparison.Ordinal)
            && (await File.ReadAllTextAsync($"/proc/{id}/environ")).Contains(Repository.Secrets, StringComparison.Ordinal))
        {
            using var leftover = Process.GetProcessById(id);
            leftover.Kill();
            await leftover.WaitForExitAsync();
        }
    }

    private static void Write(StreamWriter log, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            try
            {
                log.WriteLine(line);
            }
            catch (ObjectDisposedException)
            {
                // a last line after the kill
            }
        }
    }

    private static void EndQuietly(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has ended, or was disposed of
        }
    }
}
