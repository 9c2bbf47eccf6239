namespace Merlon.Core.Attack;

/// <summary>One of ATT&amp;CK's knowledge bases. Each has its own table; their techniques are never summed.</summary>
internal enum AttackDomain
{
    Enterprise,
    Ics,
    Mobile,
}

internal static class AttackDomains
{
    public static bool TryParse(string text, out AttackDomain domain)
    {
        domain = text switch
        {
            "ics-attack" => AttackDomain.Ics,
            "mobile-attack" => AttackDomain.Mobile,
            _ => AttackDomain.Enterprise,
        };
        return domain.Name == text;
    }

    extension(AttackDomain domain)
    {
        /// <summary>The name in STIX (<c>x_mitre_domains</c>) and in Navigator layers: <c>enterprise-attack</c>.</summary>
        public string Name => domain switch
        {
            AttackDomain.Ics => "ics-attack",
            AttackDomain.Mobile => "mobile-attack",
            _ => "enterprise-attack",
        };

        /// <summary>A name as one of this domain, which is said where it is not the usual one: <c>FIN7 (ics-attack)</c>.</summary>
        public string Qualify(string name) => domain == AttackDomain.Enterprise ? name : $"{name} ({domain.Name})";
    }
}
