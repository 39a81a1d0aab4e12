"""All that knows ffmpeg: its commands, the one place that starts it, and the sound and film it makes and measures."""
