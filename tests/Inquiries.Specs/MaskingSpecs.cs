using System.Text.Json;

namespace Inquiries.Specs;

public class Suggesting_what_to_mask
{
    private static readonly JsonElement Person = JsonDocument.Parse("""
        {"applicant":{"kind":"individual","iin":"990101300013","surname":"Қалиев","name":"Серік","patronymic":"Маратович"},
         "contacts":{"email":"kaliev@example.kz","phone":"+77011234567","postalAddress":"050000, г. Алматы, ул. Абая, 1"}}
        """).RootElement;

    private static readonly JsonElement Company = JsonDocument.Parse("""
        {"applicant":{"kind":"legalEntity","bin":"990101300023","name":"Мария","signer":{"surname":"Павел","initials":"А."}},"contacts":{}}
        """).RootElement;

    private static string[] Found(string text, JsonElement? form = null) =>
        [.. FormMasking.Suggest(form ?? Person, text).Select(s => $"{s.Kind} {s.Field ?? "?"}: {text.Substring(s.Start, s.Length)}")];

    [Theory]
    [InlineData("ИИН 990101300013.", "iin-bin applicant.iin: 990101300013")]
    [InlineData("ИИН 990101 300013", "iin-bin applicant.iin: 990101 300013")]
    [InlineData("другой: 990101300410", "iin-bin ?: 990101300410")]
    [InlineData("тел. 8 (701) 123-45-67", "phone contacts.phone: 8 (701) 123-45-67")]
    [InlineData("тел. +7 777 000 11 22", "phone ?: +7 777 000 11 22")]
    [InlineData("пишите на KALIEV@example.kz,", "email contacts.email: KALIEV@example.kz")]
    [InlineData("другой: a.b@mail.example.kz", "email ?: a.b@mail.example.kz")]
    [InlineData("Заявителю Калиеву ответ", "name applicant.surname: Калиеву")]
    [InlineData("гражданина ҚАЛИЕВТЫҢ өтініші", "name applicant.surname: ҚАЛИЕВТЫҢ")]
    [InlineData("Қалиевке жауап", "name applicant.surname: Қалиевке")]
    [InlineData("вместе с Қалиевым", "name applicant.surname: Қалиевым")]
    [InlineData("от Серика", "name applicant.name: Серика")]
    [InlineData("Серігі", "name applicant.name: Серігі")]
    [InlineData("Маратовичу", "name applicant.patronymic: Маратовичу")]
    [InlineData("адрес: 050000 г. Алматы ул. Абая 1 получен", "postal-address contacts.postalAddress: 050000 г. Алматы ул. Абая 1")]
    public void finds(string text, string what) => Assert.Equal([what], Found(text));

    [Theory]
    [InlineData("123456789011"), InlineData("за 2023 год 1234567 тенге"), InlineData("серии домов"), InlineData("улица Абая"), InlineData("г. Алматы, ул. Абая, 12")]
    [InlineData("калий и серебро")]
    public void lets_pass(string text) => Assert.Empty(Found(text));

    [Fact] public void finds_the_signer_of_a_company_and_not_its_name() => Assert.Equal(["name applicant.signer.surname: Павла"], Found("Мария подписала у Павла", Company));
    [Fact] public void finds_all_in_order() => Assert.Equal(["name", "phone", "email"], FormMasking.Suggest(Person, "Калиев, 87011234567, x@y.kz").Select(s => s.Kind));
    [Fact] public void counts_units_of_UTF_16() => Assert.Equal((3, 6), FormMasking.Suggest(Person, "😀 Калиев") is [var s] ? (s.Start, s.Length) : default);
    [Fact] public void finds_nothing_in_nothing() => Assert.Empty(FormMasking.Suggest(JsonDocument.Parse("{}").RootElement, "Калиев"));
    [Fact] public void is_quick_with_a_long_text() => Assert.Single(FormMasking.Suggest(Person, string.Concat(Enumerable.Repeat("Какими силами чистят улицы? ", 7000)) + "Калиев"));
}
