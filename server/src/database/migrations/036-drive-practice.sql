-- What the members of a drive do differently: it is told to them with their part.
alter table crm_sales_drive add column practice text;
-- Drives that are known already are read once more.
delete from crm_sync_cursor where object_name = 'Sales_Drive__c';
