# Completion of merlon for bash: source <(merlon completion bash)
# What merlon prints is text, never code: it is quoted before it goes on the line, and nothing here evaluates it.
_merlon() {
  local words=() rest=$COMP_LINE piece before i current quote='' prefix candidate candidates
  # bash parts words at '=' and ':' too. Pieces with nothing between them are one word.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    before=${rest%%"$piece"*}
    rest=${rest#"$before$piece"}
    if [[ $i -gt 0 && -n $piece && -z $before ]]; then
      words[${#words[@]} - 1]+=$piece
    else
      words+=("$piece")
    fi
  done
  current=${words[${#words[@]} - 1]}
  unset "words[${#words[@]} - 1]"
  # Only the last piece is replaced.
  piece=${COMP_WORDS[COMP_CWORD]}
  case $piece in
    = | :) prefix=$current ;;
    *) prefix=${current%"$piece"} ;;
  esac
  case $piece in
    [\"\']*)
      quote=${piece:0:1}
      current=$prefix${piece:1}
      ;;
    *) current=${current//\\/} ;;
  esac
  COMPREPLY=()
  candidates=$(merlon complete -- "${words[@]:1}" ":$current" 2> /dev/null) || return 0
  while IFS= read -r candidate; do
    candidate=${candidate#"$prefix"}
    if [[ -z $candidate ]]; then
      continue
    elif [[ -z $quote ]]; then
      printf -v candidate '%q' "$candidate"
    elif [[ $candidate == *[\"\'\\\$\`!]* ]]; then
      continue
    fi
    COMPREPLY+=("$candidate")
  done <<< "$candidates"
}
complete -o default -F _merlon merlon
