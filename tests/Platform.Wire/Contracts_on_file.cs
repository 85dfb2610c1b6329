namespace Platform.Wire;

/// <summary>contracts/openapi holds what the doors say of themselves; UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed class Contracts_on_file(Ground.Wire wire)
{
    [Theory, InlineData("inquiries"), InlineData("pressevents"), InlineData("publications")]
    public async Task Each_service_says_what_its_contract_says(string name)
    {
        var service = name switch { "inquiries" => wire.Inquiries, "pressevents" => wire.PressEvents, _ => wire.Publications };
        var file = Path.Combine(Repository.Root, "contracts", "openapi", name + ".json");
        var said = (await Ground.Wire.As(service, null).Get("/swagger/v1/swagger.json")).Is(200).Body.TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, said);
        }

        Assert.True(File.Exists(file), $"contracts/openapi/{name}.json is not there; UPDATE_GOLDEN=1 writes it");
        Assert.Equal((await File.ReadAllTextAsync(file)).Split('\n'), said.Split('\n'));
    }
}
