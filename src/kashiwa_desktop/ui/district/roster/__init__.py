"""The parts of 名簿・設定ファイル (27) and 詳しい設定 (35): one form at a time."""
