using Benchmarks;

if (args is ["floor"])
{
    await Floor.Serve(Bench.Env("ConnectionStrings__Store"), Bench.Port("FLOOR_PORT"), Bench.Env("Platform__SecretsFolder"));
    return 0;
}

if (args is ["floor-seats"])
{
    await SeatsFloor.Serve(Bench.Env("ConnectionStrings__Store"), Bench.Port("FLOOR_PORT"));
    return 0;
}

if (args is ["floor-agenda"])
{
    await AgendaFloor.Serve(Bench.Env("ConnectionStrings__Store"), Bench.Port("FLOOR_PORT"), Bench.Env("Platform__SecretsFolder"));
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
        "seats" => SeatsBench.Run(bench),
        "million" => MillionBench.Run(bench),
        "calendar" => CalendarChange.Run(bench),
        "agenda" => AgendaBench.Run(bench),
        "releases" => ReleaseBench.Lateness(bench),
        "claims-prepare" => ReleaseBench.Prepare(bench),
        "claims" => ReleaseBench.Claim(bench),
        "feeds" => FeedBench.Run(bench),
        "caught-up" => MillionBench.CaughtUp(bench),
        "rebuild" => MillionBench.Rebuild(bench),
        _ => throw new ArgumentException(what),
    });
}

return 0;
