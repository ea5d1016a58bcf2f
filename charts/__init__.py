"""Charts as pure functions: a DataFrame in, a Plotly figure out."""
