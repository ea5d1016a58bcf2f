"""The only place that knows SQL. Gives out frozen values and small frames, never rows."""
