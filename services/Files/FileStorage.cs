using System.Runtime.InteropServices;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace Files;

/// <summary>Where files lie, by their id alone: no name that somebody gave ever becomes a path.</summary>
public interface IFileStorage
{
    /// <summary>Takes over a complete file; durable when it returns.</summary>
    Task Keep(Guid id, string spooled, CancellationToken ct);

    /// <summary>Hands the bytes to <paramref name="use"/>; false when there is no such file.</summary>
    Task<bool> Read(Guid id, Func<Stream, CancellationToken, Task> use, CancellationToken ct);

    /// <summary>Removes what no fact points to.</summary>
    Task Remove(Guid id, CancellationToken ct);
}

/// <summary>Files in a folder that all replicas share, 256 folders below it by the id's last two digits.</summary>
public sealed class FolderStorage(string root) : IFileStorage
{
    public Task Keep(Guid id, string spooled, CancellationToken ct)
    {
        var path = Place(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(spooled, path);
        Sync(Path.GetDirectoryName(path)!);
        return Task.CompletedTask;
    }

    public async Task<bool> Read(Guid id, Func<Stream, CancellationToken, Task> use, CancellationToken ct)
    {
        if (!File.Exists(Place(id)))
        {
            return false;
        }

        await using var file = new FileStream(Place(id), FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await use(file, ct);
        return true;
    }

    public Task Remove(Guid id, CancellationToken ct)
    {
        if (File.Exists(Place(id)))
        {
            File.Delete(Place(id));
        }

        return Task.CompletedTask;
    }

    private string Place(Guid id) => Path.Combine(root, id.ToString("N")[^2..], id.ToString("N"));

    /// <summary>A renamed file is there after a power cut only when its folder is on the disk too; .NET opens no folders.</summary>
    private static void Sync(string folder)
    {
        var handle = open(System.Text.Encoding.UTF8.GetBytes(folder + '\0'), 0);
        try
        {
            if (handle < 0 || fsync(handle) != 0)
            {
                throw new IOException("The folder of a stored file was not flushed to the disk.");
            }
        }
        finally
        {
            _ = close(handle);
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // libc's own names; three plain calls need no generated code
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
#pragma warning restore IDE1006, SYSLIB1054
}

/// <summary>Files as objects of one bucket, by Minio's client.</summary>
public sealed class S3Storage(IMinioClient client, string bucket) : IFileStorage
{
    public static S3Storage From(S3Options options) => new(new MinioClient().WithEndpoint(options.Endpoint).WithRegion(options.Region)
        .WithCredentials(options.AccessKey, options.SecretKey).WithSSL(options.Secure).Build(), options.Bucket);

    public async Task Keep(Guid id, string spooled, CancellationToken ct)
    {
        await client.PutObjectAsync(new PutObjectArgs().WithBucket(bucket).WithObject(Name(id)).WithFileName(spooled).WithContentType("application/octet-stream"), ct);
        File.Delete(spooled);
    }

    public async Task<bool> Read(Guid id, Func<Stream, CancellationToken, Task> use, CancellationToken ct)
    {
        try
        {
            await client.GetObjectAsync(new GetObjectArgs().WithBucket(bucket).WithObject(Name(id)).WithCallbackStream(use), ct);
            return true;
        }
        catch (ObjectNotFoundException)
        {
            return false;
        }
    }

    public Task Remove(Guid id, CancellationToken ct) => client.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(bucket).WithObject(Name(id)), ct);

    private static string Name(Guid id) => id.ToString("N");
}
