# Lines of more than 100 columns, tabs to the next multiple of 8, UTF-8 characters
# counted once. Run with LC_ALL=C: every awk then sees bytes.
length($0) > 12 {
	line = $0
	gsub(/[\200-\277]/, "", line)
	count = split(line, piece, "\t")
	width = 0
	for (i = 1; i <= count; i++) {
		width += length(piece[i])
		if (i < count) width += 8 - width % 8
	}
	if (width > 100) print FILENAME ":" FNR ": " width " columns, more than 100"
}
