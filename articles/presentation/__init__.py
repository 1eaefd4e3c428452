"""What a page needs beside the search's own results: dates, numbers and pictures finished for the reader's language."""
