"""Making all read models anew."""
