/* Parses every .yml file below a folder into libyaml events and throws them away: what the native parser needs for the files that Merlon checks. */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

static unsigned char *buffer;
static size_t capacity;

static void die(const char *what)
{
    fprintf(stderr, "libyaml: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Reads a whole file into the buffer that all files share. */
static size_t read_file(const char *path)
{
    struct stat info;
    size_t length = 0;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &info) != 0)
        die(path);
    if ((size_t)info.st_size + 1 > capacity) {
        capacity = ((size_t)info.st_size + 1) * 2;
        buffer = realloc(buffer, capacity);
        if (buffer == NULL)
            die(path);
    }
    for (;;) {
        ssize_t count = read(file, buffer + length, capacity - length);
        if (count < 0)
            die(path);
        if (count == 0)
            break;
        length += (size_t)count;
        if (length == capacity) {
            capacity *= 2;
            buffer = realloc(buffer, capacity);
            if (buffer == NULL)
                die(path);
        }
    }
    close(file);
    return length;
}

/* Returns the number of events, and whether the parser took the whole file. */
static long parse(size_t length, int *whole)
{
    yaml_parser_t parser;
    long events = 0;
    int done = 0;
    if (!yaml_parser_initialize(&parser))
        die("yaml_parser_initialize");
    yaml_parser_set_input_string(&parser, buffer, length);
    while (!done) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event))
            break;
        done = event.type == YAML_STREAM_END_EVENT;
        events++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    *whole = done;
    return events;
}

int main(int argc, char **argv)
{
    long files = 0, events = 0, broken = 0;
    FTS *tree;
    FTSENT *entry;
    if (argc != 2) {
        fprintf(stderr, "usage: libyaml FOLDER\n");
        return 2;
    }
    tree = fts_open((char *[]){ argv[1], NULL }, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (tree == NULL)
        die(argv[1]);
    while ((entry = fts_read(tree)) != NULL) {
        int whole;
        if (entry->fts_info == FTS_NS || entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR) {
            errno = entry->fts_errno;
            die(entry->fts_path);
        }
        if (entry->fts_info != FTS_F || entry->fts_namelen < 4 || strcmp(entry->fts_name + entry->fts_namelen - 4, ".yml") != 0)
            continue;
        events += parse(read_file(entry->fts_accpath), &whole);
        files++;
        broken += !whole;
    }
    fts_close(tree);
    free(buffer);
    printf("%ld files, %ld events, %ld files with errors\n", files, events, broken);
    return 0;
}
