"""What is typed or chosen: fields, dates, chips, forms, and their 書きかけ."""
