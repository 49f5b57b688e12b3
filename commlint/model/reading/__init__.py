"""What every reader needs: characters from bytes, moments from stamps, blocks from lines, kinds from what was said."""
