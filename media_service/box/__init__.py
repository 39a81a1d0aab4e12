"""Everything that runs beside this process: programs and our own work on hostile bytes, each inside its bounds."""
