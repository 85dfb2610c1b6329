using System.Security.Cryptography;

namespace Platform;

/// <summary>A key that signs (ECDSA P-256), in a file of the secrets folder; made there in development, elsewhere its absence is an error at the first use.</summary>
public abstract class SigningKey(string secretsFolder, string file, bool development) : IDisposable
{
    private readonly Lazy<ECDsa> _key = new(() =>
    {
        var path = Path.Combine(secretsFolder, file);
        if (!development && !File.Exists(path))
        {
            throw new InvalidOperationException($"There is no file {file} in the secrets folder.");
        }

        var key = ECDsa.Create();
        key.ImportFromPem(SecretFile.ReadOrCreate(path, () =>
        {
            using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return fresh.ExportPkcs8PrivateKeyPem();
        }));
        return key;
    });

    protected ECDsa Key => _key.Value;

    public string PublicPem => Key.ExportSubjectPublicKeyInfoPem();

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
