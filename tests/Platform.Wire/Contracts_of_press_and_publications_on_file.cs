namespace Platform.Wire;

[Collection(House.Collection)]
public sealed class Contracts_of_press_and_publications_on_file(House house)
{
    [Fact]
    public async Task PressEvents_says_what_its_contract_says() => await Contracts_on_file.Compare(house.PressEvents, "pressevents");

    [Fact]
    public async Task Publications_says_what_its_contract_says() => await Contracts_on_file.Compare(house.Publications, "publications");
}
