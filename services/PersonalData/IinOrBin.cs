namespace PersonalData;

/// <summary>The numbers of persons and of legal entities.</summary>
public static class IinOrBin
{
    private static readonly int[][] Weights = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]];

    /// <summary>Twelve digits, the last a check digit. Birth date, century and sex are never judged.</summary>
    public static bool Is(string? id)
    {
        if (id is not { Length: 12 } || !id.All(char.IsAsciiDigit))
        {
            return false;
        }

        var remainders = Weights.Select(round => round.Select((weight, place) => weight * (id[place] - '0')).Sum() % 11);
        return remainders.FirstOrDefault(remainder => remainder != 10, 10) == id[11] - '0'; // 10 twice equals no digit
    }
}
