"""What a displayed figure rests on."""
