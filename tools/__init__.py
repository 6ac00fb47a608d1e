"""Programs for those who run and develop Prepaid; nothing here is deployed."""
