using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using Merlon.Core.Programs;

namespace Merlon.Core.Report;

/// <summary>A trend as a line chart that needs nothing else: no script, no font, no other file. Lines differ in dashes, and each is named where it ends.</summary>
internal static class TrendSvg
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const int LabelLeft = 762;
    private const int MaxLabel = 26;
    private const int MarkRows = 3;

    private const string Style = """

          text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#1f2328}
          .head{font-size:16px;font-weight:600} .dim{fill:#59636e} .small{font-size:11px}
          .back{fill:#ffffff} .grid{stroke:#d8dee4} .axis,.lead,.mark,.lost{stroke:#59636e;fill:none} .lead{stroke-width:.75} .mark{stroke-dasharray:2 3}
          .line{fill:none;stroke-width:2} .union{stroke-width:3.5}
          .c0{stroke:#0969da} .c1{stroke:#bc4c00} .c2{stroke:#1a7f37} .c3{stroke:#8250df} .c4{stroke:#9a6700} .c5{stroke:#bf3989} .c6{stroke:#0e7c86} .c7{stroke:#57606a} .cu{stroke:#1f2328}
          @media (prefers-color-scheme:dark){
          text{fill:#e6edf3} .dim{fill:#9da7b3} .back{fill:#0d1117} .grid{stroke:#30363d} .axis,.lead,.mark,.lost{stroke:#9da7b3}
          .c0{stroke:#58a6ff} .c1{stroke:#ff9b5e} .c2{stroke:#56d364} .c3{stroke:#bc8cff} .c4{stroke:#e3b341} .c5{stroke:#f778ba} .c6{stroke:#39c5cf} .c7{stroke:#b1bac4} .cu{stroke:#e6edf3}
          }

        """;

    // More of them than colours, and no common divisor: lines of one colour have other dashes.
    private static readonly string[] Dashes = ["", "8 4", "2 3", "10 3 2 3", "16 4", "5 2", "10 3 2 3 2 3", "1 4", "4 6"];

    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    /// <param name="isPrivate">Whether names may be shown that a profile's TLP keeps back.</param>
    public static string Write(Trend trend, bool isPrivate)
    {
        var series = TrendSeries.Of(trend);
        if (!isPrivate)
            series = [.. series.Select(one => one with { Label = one.PublicLabel })];
        TrendChart chart = new(trend, series);
        var hasLost = trend.Points.Any(point => point.Defect is not null);
        var height = chart.Bottom + (hasLost || trend.HasOlder ? 68 : 48);
        using MemoryStream stream = new();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("svg", Namespace);
            Attributes(xml, ("viewBox", $"0 0 {TrendChart.Width} {Number(height)}"), ("width", Number(TrendChart.Width)), ("height", Number(height)), ("role", "img"), ("aria-labelledby", "merlon-trend-title merlon-trend-desc"));
            Element(xml, "title", $"Coverage of {trend.Config.Name}", ("id", "merlon-trend-title"));
            Element(xml, "desc", Describe(trend, series), ("id", "merlon-trend-desc"));
            xml.WriteElementString("style", Namespace, Style);
            Element(xml, "rect", null, ("class", "back"), ("width", Number(TrendChart.Width)), ("height", Number(height)));
            Text(xml, 16, 26, $"Coverage of {TrendText.Cut(trend.Config.Name, 60)}", "head");
            Text(xml, 16, 46, TrendText.Title(trend), "dim");
            WriteAxes(xml, trend, chart);
            WriteMarks(xml, trend, chart);
            for (var at = 0; at < series.Length; at++)
                WriteLine(xml, trend, chart, at);
            WriteLabels(xml, trend, chart);
            if (hasLost || trend.HasOlder)
                Text(xml, TrendChart.Left, chart.Bottom + 56, string.Join("; ", new[] { hasLost ? "× could not be measured" : null, trend.HasOlder ? "older history is not shown" : null }.OfType<string>()), "dim small");
            xml.WriteEndElement();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static string Describe(Trend trend, ImmutableArray<TrendSeries> series)
    {
        var lines = series.Select(one => (one.Label, Numbers: one.Numbers.OfType<TrendNumber>().ToArray())).Select(one => $"{one.Label}: first {one.Numbers[0].Covered.Percent}, last {one.Numbers[^1].Covered.Percent}");
        return $"{TrendText.Title(trend)}. {string.Join("; ", lines)}";
    }

    private static void WriteAxes(XmlWriter xml, Trend trend, TrendChart chart)
    {
        for (var value = chart.Low; value <= chart.High; value += chart.Step)
        {
            Line(xml, "grid", TrendChart.Left, chart.Y(value), TrendChart.Right, chart.Y(value));
            Text(xml, TrendChart.Left - 8, chart.Y(value) + 4, $"{Number(value / 10)}%", "dim", "end");
        }
        Line(xml, "axis", TrendChart.Left, chart.Bottom, TrendChart.Right, chart.Bottom);
        if (trend.Points.IsEmpty)
            return;
        foreach (var at in chart.Ticks())
        {
            var x = chart.X(at);
            Line(xml, "axis", x, chart.Bottom, x, chart.Bottom + 5);
            if (trend.Points[at].Tag is { } tag)
                Text(xml, x, chart.Bottom + 19, TrendText.Cut(tag, 14), "dim", "middle", tag);
            Text(xml, x, chart.Bottom + (trend.Points[at].Tag is null ? 19 : 34), $"{trend.Points[at].Day:yyyy-MM-dd}", "dim small", "middle");
        }
        foreach (var at in Enumerable.Range(0, trend.Points.Length).Where(at => trend.Points[at].Defect is not null && (at == 0 || chart.X(at) - chart.X(at - 1) >= 1 || trend.Points[at - 1].Defect is null)))
            Element(xml, "path", null, ("class", "lost"), ("d", $"M{Number(chart.X(at) - 3)} {chart.Bottom - 9}l6 6m0 -6l-6 6"));
    }

    // Where something else begins to measure. Words that would lie on others are left to the mark's title.
    private static void WriteMarks(XmlWriter xml, Trend trend, TrendChart chart)
    {
        var ends = new double[MarkRows];
        for (var at = 0; at < trend.Points.Length; at++)
            if (TrendMarks.At(trend, at) is { } mark)
            {
                var x = chart.X(at);
                xml.WriteStartElement("g", Namespace);
                Element(xml, "title", $"{mark}, {trend.Points[at].Day:yyyy-MM-dd}");
                Line(xml, "mark", x, chart.Top - 8, x, chart.Bottom);
                if (Array.FindIndex(ends, end => end <= x) is >= 0 and var row)
                {
                    ends[row] = x + 12 + (6.5 * Terminal.WidthOf(mark));
                    Text(xml, x + 3, chart.Top - 8 - (row * 13), mark, "small");
                }
                xml.WriteEndElement();
            }
    }

    // Steps: between two commits nothing changes.
    private static void WriteLine(XmlWriter xml, Trend trend, TrendChart chart, int at)
    {
        StringBuilder path = new();
        var isDrawn = false;
        foreach (var point in chart.Drawn)
        {
            var value = chart.Series[at].Numbers[point]?.Covered.PerMille;
            if (isDrawn)
                path.Append(CultureInfo.InvariantCulture, $"H{Number(chart.X(point))}");
            if (value is { } tenths)
                path.Append(isDrawn ? $"V{Number(chart.Y(tenths))}" : $"M{Number(chart.X(point))} {Number(chart.Y(tenths))}");
            isDrawn = value is not null;
        }
        if (path.Length == 0)
            return;
        Element(xml, "path", chart.Series[at].Label, [.. Stroke(chart, at), ("d", path.ToString())], isTitle: true);
        // A line of one point has no length.
        if (trend.Points.Length == 1 || (chart.Series[at].Numbers[^1] is { Covered.PerMille: { } last } && chart.Series[at].Numbers[^2] is null && LastOf(chart, at) == last))
            Element(xml, "circle", null, ("class", Stroke(chart, at)[0].Value), ("cx", Number(chart.X(trend.Points.Length - 1))), ("cy", Number(chart.Y(LastOf(chart, at)!.Value))), ("r", "2.5"));
    }

    private static void WriteLabels(XmlWriter xml, Trend trend, TrendChart chart)
    {
        var labels = Enumerable.Range(0, chart.Series.Length).Select(at => (At: at, Y: LastOf(chart, at) is { } tenths ? chart.Y(tenths) : chart.Bottom, Value: LastOf(chart, at)))
            .OrderBy(label => label.Y).ThenBy(label => label.At).ToArray();
        var places = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
            places[i] = i == 0 ? labels[i].Y : Math.Max(labels[i].Y, places[i - 1] + TrendChart.LabelHeight);
        for (var i = labels.Length - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == labels.Length - 1 ? chart.Bottom : places[i + 1] - TrendChart.LabelHeight);
        for (var i = 0; i < labels.Length; i++)
        {
            var (at, y, value) = labels[i];
            var series = chart.Series[at];
            var end = series.Numbers.Length - 1;
            while (series.Numbers[end]?.Covered.PerMille is null && end > 0)
                end--;
            if (value is not null)
                Element(xml, "path", null, ("class", "lead"), ("d", $"M{Number(chart.X(Math.Min(end + 1, series.Numbers.Length - 1)) + 3)} {Number(y)}H{Number(TrendChart.Right + 6)}L{Number(TrendChart.Right + 26)} {Number(places[i])}"));
            Element(xml, "path", null, [.. Stroke(chart, at), ("d", $"M{Number(TrendChart.Right + 30)} {Number(places[i])}H{Number(LabelLeft - 8)}")]);
            var ended = value is null || end == series.Numbers.Length - 1 ? "" : " (ended)";
            var percent = value is { } tenths ? string.Create(CultureInfo.InvariantCulture, $"{tenths / 10}.{tenths % 10}%") : "n/a";
            Text(xml, LabelLeft, places[i] + 4, $"{percent} {TrendText.Cut(series.Label, MaxLabel - percent.Length - ended.Length)}{ended}", "", title: series.Label);
        }
    }

    private static int? LastOf(TrendChart chart, int at) => chart.Series[at].Numbers.LastOrDefault(number => number?.Covered.PerMille is not null)?.Covered.PerMille;

    // The union is the thick one in the colour of text.
    private static (string Name, string Value)[] Stroke(TrendChart chart, int at) => chart.Series[at].IsUnion ? [("class", "line union cu")]
        : [("class", $"line c{Number(at % 8)}"), .. Dashes[at % Dashes.Length] is { Length: > 0 } dashes ? [("stroke-dasharray", dashes)] : Array.Empty<(string, string)>()];

    private static void Line(XmlWriter xml, string style, double x1, double y1, double x2, double y2) =>
        Element(xml, "line", null, ("class", style), ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)));

    private static void Text(XmlWriter xml, double x, double y, string text, string style, string? anchor = null, string? title = null)
    {
        xml.WriteStartElement("text", Namespace);
        Attributes(xml, ("x", Number(x)), ("y", Number(y)));
        if (style.Length > 0)
            Attributes(xml, ("class", style));
        if (anchor is not null)
            Attributes(xml, ("text-anchor", anchor));
        xml.WriteString(Printable.Xml(text));
        if (title is not null)
            Element(xml, "title", title);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string? text, params (string Name, string Value)[] attributes) => Element(xml, name, text, attributes, isTitle: false);

    private static void Element(XmlWriter xml, string name, string? text, (string Name, string Value)[] attributes, bool isTitle)
    {
        xml.WriteStartElement(name, Namespace);
        Attributes(xml, attributes);
        if (isTitle)
            Element(xml, "title", text);
        else if (text is not null)
            xml.WriteString(Printable.Xml(text));
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
            xml.WriteAttributeString(name, value);
    }

    private static string Number(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
}
