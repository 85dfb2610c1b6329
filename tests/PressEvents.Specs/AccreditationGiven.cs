using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

/// <summary>A freelancer, a foreign correspondent, and applications as they stand.</summary>
static class AccreditationGiven
{
    public static readonly Guid JournalistId = new("01a20000-0000-7000-8000-0000000000b1"), Subject = new("01a20000-0000-7000-8000-0000000000b2"), Item = new("01a20000-0000-7000-8000-0000000000b3"),
        OutletId = new("01a20000-0000-7000-8000-0000000000b4"), One = new("01a20000-0000-7000-8000-0000000000b5"), Two = new("01a20000-0000-7000-8000-0000000000b6"),
        Words = new("01a20000-0000-7000-8000-0000000000b7"), CallId = new("01a20000-0000-7000-8000-0000000000b8");

    /// <summary>Wednesday.</summary>
    public static readonly DateTimeOffset Applied = At("2026-11-25T10:00:00+05:00");
    public static readonly DateTimeOffset Tomorrow = Applied.AddDays(1);

    public static readonly OutletRegistered Paper = new(OutletId, new("Дала үні", "Голос степи"), "Newspaper", ["kk", "ru"], "71", false, "office@dala.kz", Applied);
    public static readonly JournalistRegistered Freelancer = new(JournalistId, Subject, "Freelancer", null, "kk", Item, [new("identity", Words, 1)], Applied);
    public static readonly AccreditationRequested Requested = new(One, JournalistId, "Permanent", null, false, null, null, null, new(2026, 11, 30), At("2026-12-01T00:00:00+05:00"),
        "accreditation-permanent", "ACC-2024", "2026-11-1", Applied);
    public static readonly AccreditationScope Scope = new("Permanent", null, null);
    public static readonly AccreditationGranted Granted = new(One, JournalistId, new(2027, 11, 26), At("2027-11-27T00:00:00+05:00"), "А. Нұрланов", Tomorrow, Scope);
    public static readonly AccreditationRefused Rejected = new(One, JournalistId, "ApplicationIncomplete", Words, "А. Нұрланов", "nurlanov", new(2027, 2, 26), Tomorrow, Scope);
    public static readonly AccreditationAppealed Appealed = new(One, JournalistId, Words, Tomorrow.AddDays(1));
    public static readonly JournalistSuspended Suspended = new(JournalistId, "RulesBroken", new(2027, 2, 28), At("2027-03-01T00:00:00+05:00"), "А. Нұрланов", "ACC-2024", "2026-11-1", At("2026-08-31T10:00:00+05:00"));
    public static readonly JournalistSuspensionLifted Lifted = new(JournalistId, "CourtDecision", Words, "А. Нұрланов", At("2026-11-02T10:00:00+05:00"));
    public static readonly AccreditationCalled Called = new(CallId, new("Аккредиттеу", "Аккредитация"), new("Өтініш беріңіз.", "Подавайте заявления."), new(2026, 11, 23), new(2026, 12, 7), "ACC-2024", "2026-11-1",
        At("2026-11-23T09:00:00+05:00"));

    public static Journalist Person(params object[] facts) => facts.Prepend(Freelancer).Aggregate((Journalist?)null, Journalists.Evolve)!;
    public static Accreditation Application(params object[] facts) => facts.Prepend(Requested).Aggregate((Accreditation?)null, Accreditations.Evolve)!;
    public static Outlet Medium(params object[] facts) => facts.Prepend(Paper).Aggregate((Outlet?)null, Outlets.Evolve)!;

    public static Applicant Applicant(Journalist? journalist = null, Outlet? outlet = null, PressEventView? pressEvent = null, AccreditationCall? call = null, params Accreditation[] before) =>
        new(journalist ?? Person(), outlet, pressEvent, call, before);

    public static AccreditationRequested Request(RequestAccreditation ask, Applicant applicant, DateTimeOffset? now = null) =>
        AccreditationDecider.Request(Two, ask, applicant, string.IsNullOrEmpty(ask.MfaNumber) ? null : Words, Data.Calendar, now ?? Applied);
}
