namespace PressEvents.Specs;

public class Words_of_a_citizen
{
    static string[] Found(string text, Asker? asker) => [.. CitizensWords.Suggest(asker, text).Select(s => $"{s.Kind} {s.Field ?? "?"}: {text.Substring(s.Start, s.Length)}")];
    static readonly Asker Who = new("Айгүл Қалиева", "aigul@example.kz");

    [Fact]
    public void Show_what_of_their_author_should_not_become_public() => Assert.Equal(["name name: Қалиева", "email email: AIGUL@example.kz", "phone ?: +7 701 123 45 67"],
        Found("Мен, Қалиева, сұраймын: AIGUL@example.kz, +7 701 123 45 67", Who));
    [Fact] public void Also_with_endings_and_in_the_other_spelling() => Assert.Equal(["name name: Калиевой", "name name: Айгүлге"], Found("от Калиевой; Айгүлге жауап", Who));
    [Fact] public void And_what_looks_like_anybodys() => Assert.Equal(["iin-bin ?: 990101300410"], Found("ИИН соседа 990101300410", null));
    [Fact] public void Say_nothing_of_other_words() => Assert.Empty(Found("Когда откроют мост?", Who));
}
