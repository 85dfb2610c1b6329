extern alias service;

using service::Inquiries;

namespace Dev.Loading;

/// <summary>The words of made-up texts: six common ones of eighteen, thirty-four rare ones of twenty thousand; what a search finds them by.</summary>
public sealed class MadeUpWords(SearchTokens tokens)
{
    private const int Rare = 20_000;
    private const string Letters = "абвгдежзиклмнопрстуфхцчшэюя";

    /// <summary>Each of them is in a third of all texts.</summary>
    public static readonly string[] Common = ["предоставить", "информация", "качество", "воздух", "расходы", "бюджет", "дорога", "ремонт", "школа", "больница", "вода", "земля", "жилье", "очередь", "субсидия",
        "тариф", "транспорт", "приказ"];

    private readonly long[] _common = [.. Common.Select(word => Hash(tokens, word))];
    private readonly long[] _rare = [.. Enumerable.Range(0, Rare).Select(n => Hash(tokens, RareWord(n)))];

    /// <summary>The n-th rare word; each is in about seventeen of ten thousand texts.</summary>
    public static string RareWord(int n) => string.Concat(Enumerable.Range(0, 4).Select(i => Letters[n / (int)Math.Pow(Letters.Length, i) % Letters.Length]));

    public long[] Tokens(Random random) => [.. Enumerable.Range(0, 40).Select(i => i < 6 ? _common[random.Next(_common.Length)] : _rare[random.Next(Rare)])
        .Concat(Enumerable.Range(0, 8).Select(_ => random.NextInt64())).Distinct()];

    private static long Hash(SearchTokens tokens, string word) => tokens.Asked(word).Words[0];
}
