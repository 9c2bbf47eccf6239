#compdef merlon
# Completion of merlon for zsh: source <(merlon completion zsh), or a file named _merlon in a folder of $fpath.
# What merlon prints is text, never code: compadd quotes it.
_merlon() {
  local -a candidates
  candidates=("${(@f)$(merlon complete -- "${(@Q)words[2,CURRENT-1]}" ":${(Q)PREFIX}" 2> /dev/null)}")
  candidates=("${(@)candidates:#}")
  if (( $#candidates )); then
    compadd -- "${candidates[@]}"
  else
    _files
  fi
}
if [[ ${funcstack[1]} == _merlon ]]; then
  _merlon "$@"
else
  compdef _merlon merlon
fi
