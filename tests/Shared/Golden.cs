using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Specs;

/// <summary>Golden files by plain comparison: a stored shape that drifts is seen. UPDATE_GOLDEN=1 writes them anew.</summary>
public static class Golden
{
    private static readonly JsonSerializerOptions Indented = new(Platform.Json.Options) { WriteIndented = true, NewLine = "\n", TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static void Check(string name, object value, [CallerFilePath] string spec = "") => CheckText(name + ".json", JsonSerializer.Serialize(value, value.GetType(), Indented) + "\n", spec);

    public static void CheckText(string name, string actual, [CallerFilePath] string spec = "")
    {
        var written = Path.Combine(Path.GetDirectoryName(spec)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(written)!);
            File.WriteAllText(written, actual);
        }

        Assert.True(File.Exists(written), $"there is no golden file {name}; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(written), actual);
    }
}
