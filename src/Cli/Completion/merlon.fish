# Completion of merlon for fish: merlon completion fish | source
# What merlon prints is text, never code: fish quotes it.
function __merlon_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (string trim --left --chars '"\'' -- (commandline -ct))
    set -l candidates (merlon complete -- $words ":$current" 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path "$current"
    end
end
complete -c merlon -f -a '(__merlon_complete)'
