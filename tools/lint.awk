# Rules on the text of C files, for tools/lint. Relies on our format: a
# function's body begins and ends with a brace in column one.

function say(text) {
	print FILENAME ":" FNR ": " text
}

# The line without comments and without what stands in quotes.
function code_of(line,    out, c, i, n) {
	out = ""
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		if (in_comment) {
			if (substr(line, i, 2) == "*/") { in_comment = 0; i++ }
		} else if (quote) {
			if (c == "\\") i++
			else if (c == quote) { quote = ""; out = out c }
		} else if (substr(line, i, 2) == "/*") { in_comment = 1; i++ }
		else if (substr(line, i, 2) == "//") break
		else {
			if (c == "\"" || c == "'") quote = c
			out = out c
		}
	}
	quote = ""
	return out
}

function calls(code, names) {
	return match(code, "(^|[^A-Za-z0-9_.>])(" names ")[ \t]*\\(")
}

function name_at(code) {
	code = substr(code, RSTART, RLENGTH)
	gsub(/[^a-z0-9_]/, "", code)
	return code
}

BEGIN {
	raw = "malloc|calloc|realloc|strdup|strndup|asprintf|vasprintf|strto[a-z]+|ato[fil]|atoll"
	raw = raw "|sprintf|vsprintf|strcpy|strncpy|strcat|strncat|gets|scanf|sscanf|fscanf"
	never = "alloca|setjmp|longjmp|sigsetjmp|system|popen|tmpnam|mktemp"
	sql = "(SELECT|INSERT INTO|CREATE|COPY|DELETE FROM|JOIN|WHERE|GROUP BY|ORDER BY|UNION) "
	loud = "printf|puts|putchar|perror|exit|_exit|_Exit|log_[a-z]+"
}

FNR == 1 {
	if (file && lines > 600) print file ":" lines ": " lines " lines, more than 600"
	file = FILENAME
	in_comment = 0; start = 0; above = ""
	base = file ~ /^lib\/base\//
	test = file ~ /\/(tests|fuzz)\// || file ~ /^tests\//
	quiet = file ~ /^lib\// && !base && !test
}

{
	lines = FNR
	code = code_of($0)
	if (!base && !test && calls(code, raw)) say(name_at(code) "() outside lib/base")
	if (calls(code, never)) say(name_at(code) "() is never used here")
	if (quiet && calls(code, loud)) say(name_at(code) "(): libraries never print, log or exit")
	if (code ~ /(^|[^A-Za-z0-9_])goto[ \t]/) say("goto")
	if (code ~ /^[ \t]*typedef struct/) say("typedef of a struct")

	# A literal that goes on from the line above and speaks SQL.
	if (!test && $0 ~ /^[ \t]*"/ && above ~ /"[ \t]*$/ && above $0 ~ sql)
		say("SQL of more than a line belongs in a file of sql/")
	above = $0
}

/^\{/ { start = FNR }
/^\}/ && start {
	body = FNR - start - 1
	if (body > 80) say("function of " body " lines, more than 80")
	start = 0
}

END {
	if (file && lines > 600) print file ":" lines ": " lines " lines, more than 600"
}
