using System.Collections.Frozen;

namespace Merlon.Core.Actors.Import;

/// <summary>Countries by their codes of ISO 3166-1 and by the names that people write. Tidal's clusters have codes and MISP's have names.</summary>
internal static class Countries
{
    // Codes and first names as in the tz database's iso3166.tab, which is in the public domain; other names after '|'.
    private const string Table = """
        AD Andorra; AE United Arab Emirates|UAE|Emirates; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania; AM Armenia; AO Angola;
        AQ Antarctica; AR Argentina; AS American Samoa; AT Austria; AU Australia; AW Aruba; AX Aland Islands|Åland; AZ Azerbaijan;
        BA Bosnia and Herzegovina|Bosnia; BB Barbados; BD Bangladesh; BE Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin;
        BL Saint Barthelemy|Saint Barthélemy; BM Bermuda; BN Brunei|Brunei Darussalam; BO Bolivia|Plurinational State of Bolivia; BQ Caribbean Netherlands;
        BR Brazil; BS Bahamas|The Bahamas; BT Bhutan; BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada; CC Cocos (Keeling) Islands;
        CD Congo (Kinshasa)|Democratic Republic of the Congo|DRC|DR Congo; CF Central African Republic; CG Congo (Brazzaville)|Republic of the Congo|Congo;
        CH Switzerland; CI Cote d'Ivoire|Côte d'Ivoire|Ivory Coast; CK Cook Islands; CL Chile; CM Cameroon; CN China|People's Republic of China|PRC;
        CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde|Cabo Verde; CW Curacao|Curaçao; CX Christmas Island; CY Cyprus; CZ Czech Republic|Czechia;
        DE Germany; DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea;
        ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FM Micronesia|Federated States of Micronesia; FO Faroe Islands; FR France; GA Gabon;
        GB United Kingdom|UK|Great Britain|England; GD Grenada; GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar; GL Greenland;
        GM Gambia|The Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South Georgia and the South Sandwich Islands; GT Guatemala;
        GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong|Hong Kong SAR|Hong Kong, China; HM Heard Island and McDonald Islands; HN Honduras; HR Croatia;
        HT Haiti; HU Hungary; ID Indonesia; IE Ireland; IL Israel; IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ Iraq;
        IR Iran|Islamic Republic of Iran|Iran, Islamic Republic of; IS Iceland; IT Italy; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya;
        KG Kyrgyzstan|Kyrgyz Republic; KH Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis;
        KP North Korea|Democratic People's Republic of Korea|Korea, Democratic People's Republic of|DPRK;
        KR South Korea|Republic of Korea|Korea, Republic of; KW Kuwait; KY Cayman Islands; KZ Kazakhstan;
        LA Laos|Lao People's Democratic Republic; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania;
        LU Luxembourg; LV Latvia; LY Libya|Libyan Arab Jamahiriya; MA Morocco; MC Monaco; MD Moldova|Republic of Moldova; ME Montenegro; MF Saint Martin;
        MG Madagascar; MH Marshall Islands; MK North Macedonia|Macedonia; ML Mali; MM Myanmar|Burma; MN Mongolia; MO Macau|Macao; MP Northern Mariana Islands;
        MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia;
        NC New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua; NL Netherlands|The Netherlands|Holland; NO Norway; NP Nepal; NR Nauru;
        NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru; PF French Polynesia; PG Papua New Guinea; PH Philippines|The Philippines; PK Pakistan; PL Poland;
        PM Saint Pierre and Miquelon; PN Pitcairn; PR Puerto Rico; PS Palestine|Palestinian Territories|State of Palestine; PT Portugal; PW Palau; PY Paraguay;
        QA Qatar; RE Reunion|Réunion; RO Romania; RS Serbia; RU Russia|Russian Federation; RW Rwanda; SA Saudi Arabia|KSA|Kingdom of Saudi Arabia;
        SB Solomon Islands; SC Seychelles; SD Sudan|The Sudan; SE Sweden; SG Singapore; SH Saint Helena; SI Slovenia; SJ Svalbard and Jan Mayen;
        SK Slovakia|Slovak Republic; SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan;
        ST Sao Tome and Principe|São Tomé and Príncipe; SV El Salvador; SX Sint Maarten; SY Syria|Syrian Arab Republic; SZ Eswatini|Swaziland;
        TC Turks and Caicos Is; TD Chad; TF French Southern Territories; TG Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL East Timor|Timor-Leste;
        TM Turkmenistan; TN Tunisia; TO Tonga; TR Turkey|Türkiye|Turkiye; TT Trinidad and Tobago|Trinidad; TV Tuvalu;
        TW Taiwan|Taiwan, Province of China|Republic of China; TZ Tanzania|United Republic of Tanzania; UA Ukraine|The Ukraine; UG Uganda;
        UM US minor outlying islands; US United States|USA|United States of America|America; UY Uruguay; UZ Uzbekistan; VA Vatican City|Holy See|Vatican;
        VC Saint Vincent; VE Venezuela|Bolivarian Republic of Venezuela; VG British Virgin Islands; VI US Virgin Islands; VN Vietnam; VU Vanuatu;
        WF Wallis and Futuna; WS Samoa; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
        """;

    private static readonly FrozenDictionary<string, string> Codes = Table.Split(';', StringSplitOptions.TrimEntries)
        .SelectMany(entry => entry[3..].Split('|').Append(entry[..2]).Select(name => (Name: Plain(name), Code: entry[..2]))).ToFrozenDictionary(pair => pair.Name, pair => pair.Code, StringComparer.Ordinal);

    /// <summary>The code of a country, <c>US</c>, by that or by a name, in any case and with or without marks between its words.</summary>
    public static string? FindCode(string text) => Codes.GetValueOrDefault(Plain(text));

    /// <summary>Whether two texts mean one country. What is in no list is the same as itself alone.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase) || (FindCode(one) is { } code && code == FindCode(other));

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetter)).ToUpperInvariant();
}
