using System.Text.Json;
using PersonalData;
using Platform;
using Specs;
using static Publications.Specs.Given;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

/// <summary>What is stored of people and media today can be read in ten years.</summary>
public class Stored_shapes_of_registries
{
    static readonly object[] Persons =
    [
        Registered, new PersonEdited(Writer, Registered.Name, 1939, Editor, Noon), new PersonPortraitAdded(Writer, PictureId, Editor, Noon), new PersonPortraitRemoved(Writer, PictureId, Editor, Noon),
        DeathRecorded, DeathConfirmed, new PersonDeathRefuted(Writer, "Себеп", Third, Noon),
    ];

    static readonly object[] Pictures =
    [
        Uploaded with { BareSha256 = new('b', 64), Labels = new("Аты-жөні", "ҚазАқпарат", "Агенттік, 2026", "2026:11:28 10:00:00") }, RightsSet, new DepictionAsserted(PictureId, DepictionId, [new(Writer, Left)], [new(new("Аты", "Имя"), Right), new(null, Right)], null, "Мұрағат", Witness, Before), Confirmed,
        new DepictionWithdrawn(PictureId, DepictionId, "Қате", Witness, Noon), Disputed with { ContactId = Subject }, new MediaDisputeResolved(PictureId, DisputeId, "upheld", "Себеп", Third, Noon),
    ];

    static readonly object[] All = [.. Persons, .. Pictures, new SubjectErased(Subject, "consent-withdrawn", Noon)];
    public static TheoryData<int> Each => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Each))] public void are_what_they_were(int number) => Golden.Check(Store.NameOf(All[number].GetType()), All[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var json = JsonSerializer.Serialize(All[number], All[number].GetType(), Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, All[number].GetType(), Json.Options), All[number].GetType(), Json.Options));
    }

    [Fact] public void exist_for_every_fact() => Assert.Equal(PersonDecider.Facts.Concat(MediaFold.Facts).Select(t => t.Name).Order(), Persons.Concat(Pictures).Select(f => f.GetType().Name).Order());
    [Fact] public void of_every_fact_about_a_person_are_folded() => Assert.All(Persons, fact => Assert.NotNull(PersonDecider.Evolve(fact is PersonRegistered ? null : PersonOf(Registered, DeathRecorded), fact)));
    [Fact] public void of_every_fact_about_a_picture_are_folded() => Assert.All(Pictures, fact => Assert.NotNull(MediaFold.Evolve(fact is MediaUploaded ? null : Pictured(Asserted(Writer), Disputed), fact)));
    [Fact] public void that_are_unknown_throw() => Assert.All([() => PersonDecider.Evolve(null, new object()), () => (object?)MediaFold.Evolve(null, new object())], fold => Assert.Throws<InvalidOperationException>(() => { fold(); }));

    [Fact]
    public void of_the_views_survive_their_own_documents()
    {
        object[] views = [new PersonView(Writer, PersonOf(Dead)) { Version = 3 }, new MediaView(PictureId, Pictured(Asserted(Writer), Confirmed, Disputed)) { Version = 5 }, MediaUsed.Of(PictureId, Id)];
        Assert.All(views, view => Assert.Equal(JsonSerializer.Serialize(view, view.GetType(), Json.Options),
            JsonSerializer.Serialize(JsonSerializer.Deserialize(JsonSerializer.Serialize(view, view.GetType(), Json.Options), view.GetType(), Json.Options), view.GetType(), Json.Options)));
    }

    [Fact] // a new fact that brings content has to be told to the index of uses
    public void that_bring_content_are_known_to_the_index_of_uses()
    {
        var bring = PublicationFold.Facts.Select(t => (Type: t, Brings: t.GetProperties().FirstOrDefault(p => p.PropertyType == typeof(Content)))).Where(f => f.Brings is not null).ToArray();
        Assert.True(bring.Length >= 2);
        Assert.All(bring, f =>
        {
            var fact = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(f.Type);
            f.Brings!.SetValue(fact, Written);
            Assert.Same(Written, MediaUsing.ContentOf(fact));
        });
    }
}
