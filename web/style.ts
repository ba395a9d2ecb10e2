import { createHash } from 'node:crypto';

/** The one stylesheet: system fonts, logical properties, light, dark, print and forced colours. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#16161d;--soft:#4b4b57;--paper:#fff;--pale:#f1f1f7;--line:#75757f;--brand:#3333ab;--on-brand:#fff;--bad:#b3120b;--good:#0b6b3a;--focus:#ffd12b;font:1.0625rem/1.5 system-ui,sans-serif}
@media(prefers-color-scheme:dark){:root{--ink:#ececf2;--soft:#b9b9c6;--paper:#15151b;--pale:#23232d;--line:#8d8d9a;--brand:#b3b3ff;--on-brand:#15151b;--bad:#ff9087;--good:#7ddca6}}
*,::before,::after{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);overflow-wrap:anywhere;hyphens:manual}
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{position:static;display:block;padding:.7rem 1rem}
.frame{max-inline-size:44rem;margin-inline:auto;padding-inline:1rem}
.wide .frame{max-inline-size:75rem}
.top{border-block-end:4px solid var(--brand);padding-block:.7rem}
.top a{font-weight:700;color:var(--ink);text-decoration:none;display:inline-block;padding-block:.3rem}
.top a:hover{text-decoration:underline}
.invented{background:#ffd12b;color:#16161d;padding-block:.6rem}
.invented p{margin:0}
main{padding-block:1rem 3rem}
.foot{border-block-start:1px solid var(--line);padding-block:1.2rem 2.5rem;color:var(--soft);font-size:.95rem}
.foot p{margin-block:.3rem}
.foot a{display:inline-block;padding-block:.15rem}
h1{font-size:1.7rem;line-height:1.2;margin-block:.8rem 1rem}
h2{font-size:1.25rem;line-height:1.3;margin-block:2rem .6rem}
h3{font-size:1.0625rem;margin-block:1.2rem .3rem}
h1 label,legend h1,legend h2{display:block;margin:0}
a{color:var(--brand);text-underline-offset:.15em}
.small,.hint{color:var(--soft);margin-block:.2rem .6rem}
.small{font-size:.95rem}
ul,ol{padding-inline-start:1.3rem}
li{margin-block:.25rem}
form{margin:0}
fieldset{border:0;margin:0 0 1.2rem;padding:0;min-inline-size:0}
legend{padding:0;font-weight:700}
label.name,.field>label{display:block;font-weight:700}
.field{margin-block:1rem}
input,textarea,select,button{font:inherit;color:inherit}
input[type=text],input[type=email],input[type=search],input[type=date],textarea,select{inline-size:100%;max-inline-size:36rem;min-block-size:2.75rem;padding:.5rem;background:var(--paper);border:2px solid var(--line);border-radius:0}
textarea{resize:vertical}
input[type=file]{max-inline-size:100%}
.choice{display:flex;gap:.6rem;align-items:flex-start;padding-block:.35rem;min-block-size:2.75rem}
.choice input{inline-size:1.5rem;block-size:1.5rem;margin:.15rem 0 0;flex:none;accent-color:var(--brand)}
.choice label{padding-block:.1rem;flex:1}
.button,button{display:inline-block;background:var(--brand);color:var(--on-brand);border:2px solid transparent;padding:.6rem 1.2rem;min-block-size:2.75rem;font-weight:700;text-decoration:none;cursor:pointer}
button.second,.button.second{background:var(--pale);color:var(--ink);border-color:var(--line)}
.acts{display:flex;flex-wrap:wrap;gap:.8rem;align-items:center;margin-block:1.5rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 5px #16161d}
.errors:focus{outline:3px solid var(--focus)}
.errors{border:4px solid var(--bad);padding:.8rem 1rem;margin-block:1rem}
.errors h2{margin-block:0 .4rem}
.errors ul{margin:0;list-style:none;padding:0}
.errors a,.error{color:var(--bad);font-weight:700}
.wrong{border-inline-start:5px solid var(--bad);padding-inline-start:.9rem}
.wrong input[type=text],.wrong input[type=email],.wrong textarea{border-color:var(--bad)}
.error{margin-block:.3rem}
.inset{border-inline-start:6px solid var(--line);background:var(--pale);padding:.6rem 1rem;margin-block:1rem}
.inset>:first-child,.panel>:first-child{margin-block-start:0}
.inset>:last-child,.panel>:last-child{margin-block-end:0}
.panel{border:2px solid var(--brand);padding:1rem;margin-block:1.5rem}
.done{border-color:var(--good)}
.said{white-space:pre-line;margin-block:.3rem}
meter{inline-size:100%;max-inline-size:36rem;block-size:1.2rem}
.tasks{list-style:none;padding:0;border-block-start:1px solid var(--line)}
.tasks li{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 1rem;align-items:baseline;border-block-end:1px solid var(--line);margin:0;padding-block:.6rem}
.tasks a{padding-block:.2rem}
.state{color:var(--soft)}
.state.open{color:var(--ink);font-weight:700}
dl.facts{margin-block:.5rem}
dl.facts>div{border-block-end:1px solid var(--line);padding-block:.6rem}
dl.facts dt{font-weight:700}
dl.facts dd{margin:0}
@media(min-width:40rem){dl.facts>div{display:grid;grid-template-columns:minmax(9rem,16rem) 1fr;gap:1rem}dl.answers>div{grid-template-columns:minmax(9rem,16rem) 1fr auto}}
dl.columns{margin-block:.4rem}dl.columns>div{background:var(--pale);padding:.5rem .8rem}dl.columns dt{font-weight:700}dl.columns dd{margin:0}
@media(min-width:40rem){dl.columns{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}}
dl.turn>div{border:0;padding-block:.25rem}
ins{background:#c9f0d6;color:#16161d}del{background:#f9d2d0;color:#16161d}
.inset.public{border-color:var(--good)}.inset.owner{border-color:var(--brand)}.inset.private{border-style:dashed}
.judgement{border-block:2px solid var(--brand);padding-block:.8rem;margin-block:1.2rem 2.5rem}
.letter{margin:0;white-space:pre-wrap;font-size:.95rem;overflow-wrap:anywhere}
input[type=date]{min-block-size:2.75rem;padding:.5rem;background:var(--paper);border:2px solid var(--line)}
details{margin-block:.8rem}
summary{cursor:pointer;padding-block:.4rem;color:var(--brand);font-weight:700}
table{border-collapse:collapse;inline-size:100%}
th,td{text-align:start;vertical-align:top;padding:.5rem .8rem .5rem 0;border-block-end:1px solid var(--line)}
.scroll{overflow-x:auto}
nav.crumbs{margin-block:.2rem .6rem}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@supports selector(:has(a)){.again:not(:has(input[value=change]:checked)) .change{display:none}}
dl.given dd,dl.given dd p{margin:0}
ul.plain{list-style:none;padding:0;margin:0}
.search{margin-block:1rem}
.search label{font-weight:700}
.line{display:flex;gap:.5rem;max-inline-size:36rem}
.line input{flex:1;min-inline-size:0}
.sides>nav li{margin:0}
@media(min-width:56rem){.sides{display:grid;grid-template-columns:17rem minmax(0,1fr);gap:2.5rem}.sides>section>h2{margin-block-start:.8rem}}
.filters,.products,.chips,.pages ul{list-style:none;padding:0;margin:0}
.sides details{margin-block:.2rem}.filters li{padding-block:.2rem}
[aria-current]{color:var(--ink);font-weight:700;text-decoration:none}
.products{border-block-start:1px solid var(--line)}
.products li{border-block-end:1px solid var(--line);margin:0;padding-block:.7rem}
.products h3,.products p{margin:0}
.products h2.small-title{font-size:1.0625rem;margin:0}
.products li>*+*{margin-block-start:.35rem}
.products .inset{margin-block:.5rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--pale);padding:.8rem 1rem;margin-block:.6rem;font-size:.95rem}
.products h3 a{display:inline-block;padding-block:.15rem}
.chips,.pages ul{display:flex;flex-wrap:wrap;gap:.5rem;margin-block:.6rem 1rem}
.chips.apart{gap:.4rem 1.2rem}
.chips.apart a{padding-block:.3rem}
.counts{max-inline-size:34rem}
.chips li{background:var(--pale);padding:.2rem .6rem}
.pages a{display:inline-block;min-inline-size:2.75rem;padding:.5rem .7rem;text-align:center;border:1px solid var(--line)}
@media print{.top,.foot,.acts,.skip{display:none}body{background:#fff;color:#000}}
@media(forced-colors:active){.button,button,.panel,.errors{border-color:CanvasText}}
`.trim();

/** Where the stylesheet is served; another text has another address, so that browsers may keep it for a year. */
export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 12)}.css`;
