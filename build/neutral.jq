# Markdown that a stranger may have written, as Markdown that is nothing but headings, tables, lists, bold, code and folded parts:
#   jq --raw-input --slurp --raw-output --from-file build/neutral.jq
# Nobody is mentioned, nothing is referred to, linked, shown as a picture or hidden, and no line can pass for the marker of a comment. U+200B
# parts what GitHub would join: it looks for mentions and references after Markdown, where entities and backslashes are gone.

def longest: 50000;      # characters; a comment has at most 65,536, and something stands before
def longest_line: 4000;

# What is not to be seen, or turns the direction of writing. The parting sign is ours alone.
def is_hidden: (. < 32 and . != 10 and . != 9) or (. >= 127 and . <= 159) or . == 173 or . == 1564 or . == 6158 or (. >= 8203 and . <= 8207)
  or (. >= 8232 and . <= 8238) or (. >= 8288 and . <= 8303) or (. >= 65024 and . <= 65039) or . == 65279 or (. >= 65529 and . <= 65531) or . >= 917504;

def plain:
  # Merlon's own breaks are HTML, and go first. Entities of printable ASCII stay, parted from what follows.
  gsub("<!-- -->"; "\u200b")
  | gsub("&(?!#(3[3-9]|[4-9][0-9]|1[01][0-9]|12[0-6]);)"; "&amp;") | gsub("(?<entity>&#[0-9]+;)"; "\(.entity)\u200b")
  | gsub("<(?!/?code>)"; "&lt;")
  | gsub("@"; "@\u200b") | gsub("(?<!&)#(?=[^# ])"; "#\u200b") | gsub("(?<letters>[Gg][Hh])-"; "\(.letters)\u200b-") | gsub("(?<letters>[Ww]{3})[.]"; "\(.letters)\u200b.")
  | gsub(":(?=/)"; ":\u200b") | gsub("\\](?=[(:\\[])"; "]\u200b") | gsub("\\[(?=!)"; "[\u200b") | gsub("!(?=\\[)"; "!\u200b")
  | gsub("[$]"; "&#36;\u200b") | gsub("`(?=`)"; "`\u200b") | gsub("~(?=~)"; "~\u200b");

reduce (explode | map(select(is_hidden | not)) | implode | split("\n")[] | .[:longest_line]) as $line ({ text: [], length: 0, open: false, cut: false };
  if .cut or $line == "<!-- merlon -->" then .
  elif (.open | not) and ($line | test("^<details><summary>[A-Za-z ]{1,40}: [0-9]{1,9}</summary>$")) then .open = true | .text += [$line] | .length += ($line | length)
  elif .open and $line == "</details>" then .open = false | .text += [$line] | .length += 10
  else ($line | plain) as $safe
    | if .length + ($safe | length) > longest then .cut = true else .text += [$safe] | .length += ($safe | length) + 1 end
  end)
| .text + (if .open then ["", "</details>"] else [] end) + (if .cut then ["", "What follows is longer than a comment."] else [] end)
| join("\n")
