namespace Merlon.Core.Report;

/// <summary>How the page of an assessment looks: light and dark as the reader has it, black on white on paper.</summary>
internal static class AssessStyle
{
    public const string Css = """

        :root{--text:#1f2328;--dim:#59636e;--back:#ffffff;--soft:#f6f8fa;--line:#d1d9e0;--fill:#0969da;--bad:#b42318;--badback:#fff1f0}
        @media (prefers-color-scheme:dark){:root{--text:#e6edf3;--dim:#9da7b3;--back:#0d1117;--soft:#161b22;--line:#3d444d;--fill:#58a6ff;--bad:#ff9b8f;--badback:#2d1614}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem;overflow-wrap:break-word}
        .kind{margin:0;color:var(--dim);text-transform:uppercase;letter-spacing:.06em;font-size:.8rem}
        h1{margin:.1rem 0 1rem;font-size:1.8rem;line-height:1.25}
        h2{margin:2rem 0 .6rem;font-size:1.2rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:0}
        dt{color:var(--dim)} dd{margin:0}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem}
        .card{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem}
        .big{font-size:1.6rem;font-weight:600;line-height:1.3}
        .dim,footer{color:var(--dim);font-size:.9rem}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.3rem .5rem;border-bottom:1px solid var(--line);vertical-align:middle}
        thead th{color:var(--dim);font-weight:500} tbody th{font-weight:500}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .tactics thead th:not(:first-child),.actors thead th:not(:first-child){text-align:right} .tactics thead th:last-child{text-align:left}
        .cell{width:30%} .bar{height:.7rem;min-width:5rem;background:var(--soft);border:1px solid var(--line);border-radius:3px;overflow:hidden}
        .fill{height:100%;background:var(--fill)} .priority .fill{background:var(--bad)} .apart .fill{background:var(--dim)}
        .b0{width:0} .b1{width:10%} .b2{width:20%} .b3{width:30%} .b4{width:40%} .b5{width:50%} .b6{width:60%} .b7{width:70%} .b8{width:80%} .b9{width:90%} .b10{width:100%}
        .priority{background:var(--badback)} .priority .mark{color:var(--bad);font-weight:600} .mark{white-space:nowrap}
        .scroll{overflow-x:auto} .actors th{overflow-wrap:anywhere;min-width:8rem}
        .gaps li{margin:.5rem 0} footer{margin-top:2.5rem;border-top:1px solid var(--line)}
        @media (max-width:40rem){.cell{display:none} .mark{white-space:normal} th,td{padding:.3rem .25rem}}
        @page{size:A4;margin:16mm}
        @media print{
        :root{--text:#000000;--dim:#444444;--back:#ffffff;--soft:#ffffff;--line:#999999;--fill:#555555;--bad:#000000;--badback:#ffffff}
        body{font-size:10.5pt} main{max-width:none;padding:0} h2{break-after:avoid} tr,li,.card{break-inside:avoid} .fill{print-color-adjust:exact;-webkit-print-color-adjust:exact} .priority th{font-weight:700}
        }

        """;
}
