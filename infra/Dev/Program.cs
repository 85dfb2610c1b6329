using System.Globalization;
using Dev;

if (args is ["verify", .. var what])
{
    return Verify.Run(what); // offline: neither secrets nor services
}

var secrets = Environment.GetEnvironmentVariable("Platform__SecretsFolder") ?? throw new InvalidOperationException("Platform__SecretsFolder is not set; use ./run");
return args switch
{
    ["token", .. var rest] => Token.Print(rest, secrets),
    ["samples"] => await Samples.Run(secrets, int.Parse(Environment.GetEnvironmentVariable("PLATFORM_PORT_BASE") ?? "5100", CultureInfo.InvariantCulture)),
    ["site-simulator", ..] => await SiteSimulator.Run(),
    ["clamd-simulator", ..] => await ClamdSimulator.Run(),
    ["ncanode-simulator", ..] => await NcanodeSimulator.Run(),
    ["smtp-simulator", ..] => await SmtpSimulator.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("token ROLE… | samples | site-simulator | clamd-simulator | ncanode-simulator | smtp-simulator | verify EXPORT.zip --key PUBLICKEY");
    return 2;
}
