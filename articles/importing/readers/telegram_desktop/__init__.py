"""What Telegram Desktop exports: result.json and messages.html."""
