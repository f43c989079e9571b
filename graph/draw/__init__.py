"""A network in, one HTML file out: the layout, the page's data, and the page itself in `page/`."""
