using Benchmarks;

if (args is ["floor"])
{
    await Floor.Serve(Bench.Env("ConnectionStrings__Store"), Bench.Port("FLOOR_PORT"), Bench.Env("Platform__SecretsFolder"));
    return 0;
}

using var bench = new Bench();
await bench.Say();
foreach (var what in args.Length > 0 ? args : ["intake", "read", "relay", "idle"])
{
    await (what switch
    {
        "intake" => IntakeBench.Run(bench),
        "read" => ReadBench.Run(bench),
        "relay" => RelayBench.Run(bench),
        "idle" => RelayBench.Idle(),
        "many" => MillionBench.Run(bench),
        "calendar" => new CalendarChange(bench.Service, Bench.Env("ConnectionStrings__Store"), Bench.Env("ConnectionStrings__Broker"), Bench.Env("Platform__SecretsFolder")).Run(MillionBench.Requests(100_000), bench.Holding),
        "rebuild" => MillionBench.Rebuild(bench),
        _ => throw new ArgumentException(what),
    });
}

return 0;
