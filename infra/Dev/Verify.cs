using Inquiries;

namespace Dev;

/// <summary><c>verify EXPORT.zip --key PUBLICKEY</c>: checks an export with nothing but itself and the public key.</summary>
public static class Verify
{
    /// <summary>0 proven, 1 something is wrong, 2 usage, 3 all fits but not everything is under a signed root yet.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var export, "--key", var key] || !File.Exists(export) || !File.Exists(key))
        {
            Console.Error.WriteLine("verify EXPORT.zip --key PUBLICKEY (both are files; the key is what GET /v1/proofs/key gives)");
            return 2;
        }

        using var zip = File.OpenRead(export);
        var verified = Verification.Check(zip, File.ReadAllText(key));
        foreach (var line in verified.Says)
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(verified.Code switch { 0 => "PROVEN", 3 => "CONSISTENT, NOT YET PROVEN IN FULL", _ => "WRONG" });
        return verified.Code;
    }
}
