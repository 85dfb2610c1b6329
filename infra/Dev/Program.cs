using System.Globalization;
using Dev;

if (args is ["verify", .. var what])
{
    return Verify.Run(what); // offline: neither secrets nor services
}

if (args is ["badge", .. var shown])
{
    return CheckBadge.Run(shown); // offline as well
}

var secrets = Environment.GetEnvironmentVariable("Platform__SecretsFolder") ?? throw new InvalidOperationException("Platform__SecretsFolder is not set; use ./run");
return args switch
{
    ["token", .. var rest] => Token.Print(rest, secrets),
    ["samples"] => await Samples.Run(secrets, int.Parse(Environment.GetEnvironmentVariable("PLATFORM_PORT_BASE") ?? "5100", CultureInfo.InvariantCulture)),
    ["site-simulator", ..] => await SiteSimulator.Run(),
    ["channel-simulator", ..] => await ChannelSimulator.Run(),
    ["clamd-simulator", ..] => await ClamdSimulator.Run(),
    ["ncanode-simulator", ..] => await NcanodeSimulator.Run(),
    ["smtp-simulator", ..] => await SmtpSimulator.Run(),
    ["load", .. var rest] => await Dev.Loading.Load.Run(rest, Platform.Sealing.FromFolder(secrets, development: true), Given("Store"), Given("Keys")),
    _ => Usage(),
};

static string Given(string name) => Environment.GetEnvironmentVariable("ConnectionStrings__" + name) ?? throw new InvalidOperationException($"ConnectionStrings__{name} is not set");

static int Usage()
{
    Console.Error.WriteLine("token ROLE… | samples | site-simulator | channel-simulator | clamd-simulator | ncanode-simulator | smtp-simulator | load --requests N (load alone tells more) | verify EXPORT.zip --key PUBLICKEY | badge TOKEN --event ID --key PUBLICKEY");
    return 2;
}
