using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Merlon.Core.Report;

/// <summary>
/// One HTML page that needs nothing else: no script, no font, no other file. Its policy allows the one style that it brings along and nothing more, so
/// that even text which got past the escapes could load and run nothing.
/// </summary>
internal sealed class HtmlPage : IDisposable
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, IndentChars = " ", NewLineChars = "\n", OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    // What HTML writes without an end (HTML Living Standard, 13.1.2); everything else needs one even where it is empty.
    private static readonly string[] Void = ["meta", "br", "hr"];

    private readonly MemoryStream _stream = new();
    private readonly XmlWriter _xml;

    /// <param name="title">Of the window; hostile.</param>
    /// <param name="style">CSS, which must be ours: it is written as it stands.</param>
    public HtmlPage(string title, string style)
    {
        _xml = XmlWriter.Create(_stream, Settings);
        _xml.WriteStartElement("html");
        _xml.WriteAttributeString("lang", "en");
        Open("head");
        Element("meta", null, ("charset", "utf-8"));
        Element("meta", null, ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'"));
        Element("meta", null, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        Element("meta", null, ("name", "color-scheme"), ("content", "light dark"));
        Element("title", title);
        Open("style");
        _xml.WriteRaw(style);
        Close();
        Close();
        Open("body");
    }

    public void Open(string name, params (string Name, string Value)[] attributes)
    {
        _xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
            _xml.WriteAttributeString(attribute, Printable.Xml(value));
    }

    public void Close() => _xml.WriteFullEndElement();

    /// <param name="text">Hostile; null for none.</param>
    public void Element(string name, string? text, params (string Name, string Value)[] attributes)
    {
        Open(name, attributes);
        if (text is not null)
            Text(text);
        if (Void.Contains(name))
            _xml.WriteEndElement();
        else
            Close();
    }

    public void Text(string text) => _xml.WriteString(Printable.Xml(text));

    /// <summary>The whole page. Nothing can be added afterwards.</summary>
    public string End()
    {
        Close();
        Close();
        _xml.Flush();
        return $"<!DOCTYPE html>\n{Encoding.UTF8.GetString(_stream.GetBuffer(), 0, (int)_stream.Length)}\n";
    }

    public void Dispose()
    {
        _xml.Dispose();
        _stream.Dispose();
    }
}
