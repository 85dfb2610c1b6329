using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Dev;

/// <summary>
/// NCANode's <c>POST /cms/verify</c> for development: truly verifies the CMS, its signers' certificates against a test authority made at start, their time and
/// their revocation. <c>POST /authority/sign</c> gives a signature to try with.
/// </summary>
public static class NcanodeSimulator
{
    public sealed record Verify(string? Cms, string? Data, string[]? RevocationCheck);

    /// <summary>What to sign (base64) and who signs it.</summary>
    public sealed record Sign(string Data, string Iin, string? Bin, string[]? KeyUsers, bool Expired, bool Revoked);

    /// <summary><c>ncanode-simulator</c>, with SIMULATOR_PORT and SIMULATOR_LISTEN (127.0.0.1).</summary>
    public static async Task<int> Run()
    {
        using var authority = new TestAuthority();
        await using var app = Build(authority, Environment.GetEnvironmentVariable("SIMULATOR_LISTEN") ?? "127.0.0.1",
            int.Parse(Environment.GetEnvironmentVariable("SIMULATOR_PORT") ?? "14579", CultureInfo.InvariantCulture));
        await app.RunAsync();
        return 0;
    }

    public static WebApplication Build(TestAuthority authority, string address, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(address), port));
        var app = builder.Build();
        app.MapPost("/cms/verify", (Verify ask) => Answer(ask, authority));
        app.MapPost("/authority/sign", (Sign ask) => new { cms = Make(ask, authority) });
        app.MapGet("/health/ready", () => new { state = "ok" });
        return app;
    }

    private static IResult Answer(Verify ask, TestAuthority authority)
    {
        try
        {
            var data = Convert.FromBase64String(ask.Data ?? "");
            var bytes = Convert.FromBase64String(ask.Cms ?? "");
            var cms = new SignedCms();
            cms.Decode(bytes);
            var attached = cms.ContentInfo.Content.Length > 0;
            if (!attached)
            {
                cms = new SignedCms(new ContentInfo(data), detached: true);
                cms.Decode(bytes);
            }

            // a CMS that brings content of its own signs that, and not what is asked about
            var same = !attached || cms.ContentInfo.Content.AsSpan().SequenceEqual(data);
            var signers = cms.SignerInfos.Cast<SignerInfo>().Select(s => Signer(s, authority)).ToList();
            return Results.Json(new { status = 200, message = "OK", valid = same && signers.Count > 0 && signers.All(s => s.Valid), signers = signers.Select(s => s.Shown) });
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return Results.Json(new { status = 400, message = "CMS is not readable" }, statusCode: 400);
        }
    }

    private static (bool Valid, object Shown) Signer(SignerInfo signer, TestAuthority authority)
    {
        var certificate = signer.Certificate ?? throw new CryptographicException("The signer's certificate is not in it.");
        var (revoked, issued) = (authority.IsRevoked(certificate), authority.Issued(certificate));
        var shown = new
        {
            valid = issued && !revoked,
            subject = new { iin = Named(certificate, "2.5.4.5", "IIN"), bin = Named(certificate, "2.5.4.11", "BIN") },
            keyUsage = "SIGN",
            keyUser = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(e => e.EnhancedKeyUsages.Cast<Oid>())
                .Select(o => TestAuthority.KeyUsers.FirstOrDefault(u => u.Value == o.Value).Key).Where(u => u is not null),
            notBefore = certificate.NotBefore.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            notAfter = certificate.NotAfter.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            revocations = new[] { new { revoked, by = "CRL" } },
        };
        return (issued && !revoked && Fits(signer), new { certificates = new[] { shown } });
    }

    private static bool Fits(SignerInfo signer)
    {
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string? Named(X509Certificate2 certificate, string oid, string prefix) => certificate.SubjectName.EnumerateRelativeDistinguishedNames()
        .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == oid).Select(name => name.GetSingleElementValue())
        .FirstOrDefault(value => value?.StartsWith(prefix, StringComparison.Ordinal) == true)?[prefix.Length..];

    private static string Make(Sign ask, TestAuthority authority)
    {
        using var certificate = authority.Issue(ask.Iin, ask.Bin, ask.Expired ? DateTimeOffset.UtcNow.AddDays(-1) : null, ask.KeyUsers ?? ["INDIVIDUAL"]);
        if (ask.Revoked)
        {
            authority.Revoke(certificate);
        }

        return TestAuthority.Sign(certificate, Convert.FromBase64String(ask.Data));
    }
}
